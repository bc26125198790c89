// Thin import of OpenSSL 3. Macros that Swift cannot see become static inline functions here.
#ifndef IMAPSCOPE_COPENSSL_H
#define IMAPSCOPE_COPENSSL_H
#define OPENSSL_SUPPRESS_DEPRECATED 1
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/opensslv.h>
#include "tls.h"
#endif
