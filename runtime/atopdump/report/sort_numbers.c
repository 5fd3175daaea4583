/*
 * sort_numbers: a heap sort, which needs no memory and is never slow.
 */
#include "atopdump/report/sort_numbers.h"

/* Moves the number at `root` down to where it belongs in a heap of `count`. */
static void
sink(uint32_t *numbers, size_t root, size_t count, int (*compare)(const void *context, uint32_t a, uint32_t b),
    const void *context)
{
	const uint32_t moved = numbers[root];
	size_t child;

	while ((child = 2 * root + 1) < count) {
		if (child + 1 < count && compare(context, numbers[child], numbers[child + 1]) < 0)
			child++;
		if (compare(context, moved, numbers[child]) >= 0)
			break;
		numbers[root] = numbers[child];
		root = child;
	}
	numbers[root] = moved;
}

void
sort_numbers(uint32_t *numbers, size_t count, int (*compare)(const void *context, uint32_t a, uint32_t b),
    const void *context)
{
	for (size_t i = count / 2; i > 0; i--)
		sink(numbers, i - 1, count, compare, context);
	for (size_t end = count; end > 1; end--) {
		const uint32_t largest = numbers[0];

		numbers[0] = numbers[end - 1];
		numbers[end - 1] = largest;
		sink(numbers, 0, end - 1, compare, context);
	}
}
