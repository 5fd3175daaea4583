/*
 * check_feature: the rules on a schema's features.
 */
#include "check/check_internal.h"

#include <string.h>

/* No two features of a file have the same name. */
static void
check_feature_name(struct diag *d, const struct schema *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(s->features[k].name.text, s->features[i].name.text) == 0) {
			diag_error(d, s->features[i].name.at, "feature '%s' is named twice", s->features[i].name.text);
			return;
		}
}

/* Each feature is a bit. */
static void
check_feature_number(struct diag *d, const struct release *r)
{
	if (r->nfeatures > FEATURES_MAX)
		diag_error(d, r->features[FEATURES_MAX].feature->at, "more than %d features of a release",
		    FEATURES_MAX);
}

void
check_features(struct diag *d, const struct release *r)
{
	for (size_t i = 0; i < r->schema->nfeatures; i++) {
		check_name(d, "feature", &r->schema->features[i].name);
		check_feature_name(d, r->schema, i);
	}
	check_feature_number(d, r);
}
