// Thin import of GNU libidn: SASLprep (RFC 4013) as a stringprep profile.
#ifndef IMAPSCOPE_CIDN_H
#define IMAPSCOPE_CIDN_H
#include <stddef.h>
#include <stdint.h>
#include <stringprep.h>

// The profile is an array of unknown size, which Swift does not import.
// Returns a Stringprep_rc; *length counts code points and is changed to that of the result.
static inline int imapscope_saslprep(uint32_t *codes, size_t *length, size_t capacity, int allow_unassigned)
{
    Stringprep_profile_flags flags = allow_unassigned ? (Stringprep_profile_flags)0 : STRINGPREP_NO_UNASSIGNED;
    return stringprep_4i(codes, length, capacity, flags, stringprep_saslprep);
}
#endif
