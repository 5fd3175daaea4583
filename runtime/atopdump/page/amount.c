/*
 * amount: prefixes and round numbers.
 */
#include "atopdump/page/amount.h"

#include <math.h>
#include <stdio.h>

#define KIBI 1024.0
#define DAY  (INT64_C(86400))

static bool
is_bytes(enum amount_unit unit)
{
	return unit == AMOUNT_BYTES || unit == AMOUNT_BYTES_PER_SECOND;
}

/* Three digits without zeros at the end, or all of those before the point. */
static void
write_number(char text[AMOUNT_MAX], double value, const char *unit)
{
	const double size = fabs(value);
	const int digits = size == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
	int length = snprintf(text, AMOUNT_MAX, "%.*f", digits, value);

	while (digits > 0 && text[length - 1] == '0')
		length--;
	if (text[length - 1] == '.')
		length--;
	snprintf(text + length, AMOUNT_MAX - (size_t)length, "%s", unit);
}

void
amount_text(char text[AMOUNT_MAX], double value, enum amount_unit unit)
{
	static const char *const units[] = { "", " %", " s", " B", " B/s", " pages/s" };
	static const char *const bytes[] = { " KiB", " MiB", " GiB", " TiB", " PiB", " EiB" };
	static const char *const rates[] = { " KiB/s", " MiB/s", " GiB/s", " TiB/s", " PiB/s", " EiB/s" };
	const char *name = units[unit];

	if (!isfinite(value) || fabs(value) > 1e18) {
		snprintf(text, AMOUNT_MAX, isnan(value) ? "none" : "too large");
		return;
	}
	for (unsigned i = 0; i < 6 && is_bytes(unit) && fabs(value) >= 999.5; i++) {
		value /= KIBI;
		name = (unit == AMOUNT_BYTES ? bytes : rates)[i];
	}
	write_number(text, value, name);
}

double
amount_step(double greatest, unsigned nsteps, enum amount_unit unit)
{
	static const double factors[] = { 1, 2, 5.0 / 2, 5 };
	const double step = greatest / nsteps;
	double power = is_bytes(unit) ? KIBI : 0.01;

	if (!isfinite(step) || step <= power)
		return power;
	if (is_bytes(unit)) {
		while (power < step)
			power *= 2;
		return power;
	}
	while (power * 10 <= step)
		power *= 10;
	for (unsigned i = 0; i < sizeof factors / sizeof factors[0]; i++)
		if (factors[i] * power >= step)
			return factors[i] * power;
	return 10 * power;
}

int64_t
amount_time_step(int64_t span, unsigned nsteps)
{
	static const int64_t steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600,
		43200, DAY };
	int64_t step = DAY;

	for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (span / steps[i] <= nsteps)
			return steps[i];
	while (span / step > nsteps)
		step *= 2;
	return step;
}
