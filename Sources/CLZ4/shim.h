// Thin import of liblz4's frame format.
#ifndef IMAPSCOPE_CLZ4_H
#define IMAPSCOPE_CLZ4_H
#include <lz4frame.h>
#endif
