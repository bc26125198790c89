// Thin import of OpenSSL 3. Macros that Swift cannot see become static inline functions here.
#ifndef IMAPSCOPE_COPENSSL_H
#define IMAPSCOPE_COPENSSL_H
#define OPENSSL_SUPPRESS_DEPRECATED 1
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/opensslv.h>
#include <openssl/provider.h>
#include "tls.h"

// Certificates: reading, minting, PKCS #12.
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline EVP_PKEY *imapscope_generate_rsa(size_t bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *imapscope_generate_ec(const char *curve) { return EVP_EC_gen(curve); }
static inline size_t imapscope_bio_content(BIO *bio, const unsigned char **octets) {
    char *start = NULL;
    long count = BIO_get_mem_data(bio, &start);
    *octets = (const unsigned char *)start;
    return count > 0 ? (size_t)count : 0;
}
// One line of UTF-8, RFC 4514, controls escaped.
static inline int imapscope_print_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}
static inline GENERAL_NAMES *imapscope_general_names_new(void) { return sk_GENERAL_NAME_new_null(); }
static inline int imapscope_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline const GENERAL_NAME *imapscope_general_name(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}
// Takes `name` over when it succeeds.
static inline int imapscope_general_names_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
}
static inline void imapscope_safebags_free(STACK_OF(PKCS12_SAFEBAG) *bags) {
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}
static inline void imapscope_pkcs7s_free(STACK_OF(PKCS7) *safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }
// End of certificates.
#endif
