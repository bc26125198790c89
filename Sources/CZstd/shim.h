// Thin import of libzstd.
#ifndef IMAPSCOPE_CZSTD_H
#define IMAPSCOPE_CZSTD_H
#include <zstd.h>
#endif
