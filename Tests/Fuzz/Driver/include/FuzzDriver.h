#ifndef FUZZ_DRIVER_H
#define FUZZ_DRIVER_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's loop, called by a main of our own: SwiftPM gives every executable a main, so libFuzzer's cannot be used. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *octets, size_t count));

#endif
