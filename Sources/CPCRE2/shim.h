// Thin import of PCRE2 for octets: regular expressions whose steps can be limited.
#ifndef IMAPSCOPE_CPCRE2_H
#define IMAPSCOPE_CPCRE2_H
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
