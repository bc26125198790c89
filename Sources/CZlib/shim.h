// Thin import of zlib: the initialisers are macros, which Swift does not import.
#ifndef IMAPSCOPE_CZLIB_H
#define IMAPSCOPE_CZLIB_H
// Input octets are never written to.
#define ZLIB_CONST
#include <zlib.h>

static inline int imapscope_inflate_init(z_stream *stream, int window_bits)
{
    return inflateInit2(stream, window_bits);
}

static inline int imapscope_deflate_init(z_stream *stream, int level, int window_bits)
{
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY);
}
#endif
