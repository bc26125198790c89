// Reference code that the benchmarks run beside ours: what plain C does with the same octets.
#ifndef IMAPSCOPE_ANCHORS_H
#define IMAPSCOPE_ANCHORS_H
#include <stddef.h>
#include <stdint.h>

/// Lexes `count` octets of server responses octet by octet: atoms, quoted strings with escapes, parentheses, literals and
/// line ends; the offset, length and kind of each token go into a small ring. Returns the number of tokens.
uint64_t anchor_scalar_lexer(const uint8_t *octets, size_t count);

/// Counts line feeds with memchr: the least work that finding lines can be.
uint64_t anchor_memchr_lines(const uint8_t *octets, size_t count);

/// Inflates a raw DEFLATE stream with zlib alone, `chunk` octets of input at a time. Returns the number of octets made.
uint64_t anchor_inflate(const uint8_t *octets, size_t count, size_t chunk);
#endif
