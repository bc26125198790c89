// Thin import of GNU libidn: SASLprep (RFC 4013) as a stringprep profile.
#ifndef IMAPSCOPE_CIDN_H
#define IMAPSCOPE_CIDN_H
#include <stringprep.h>
#endif
