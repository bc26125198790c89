// TLS for the targets above: OpenSSL's macros as functions, and a BIO between an SSL and memory of the caller.
#ifndef IMAPSCOPE_COPENSSL_TLS_H
#define IMAPSCOPE_COPENSSL_TLS_H
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

// What one SSL reads from, writes to and reports. The BIO beneath the SSL copies straight from the octets that were
// received and straight into the buffer that will be sent; both are borrowed for the length of one call.
struct imapscope_tls_io {
    const unsigned char *input;
    size_t input_count;
    unsigned char *output;
    size_t output_room;
    size_t output_count;
    // Takes what has no room in `output`: handshake messages and alerts. Freed as soon as it was drained.
    unsigned char *overflow;
    size_t overflow_count;
    size_t overflow_capacity;
    // The newest alert of each direction that ends a connection, or -1.
    int alert_sent;
    int alert_received;
    int renegotiations_refused;
    // With one more refused, nothing is read any more, and nothing answered.
    int renegotiation_limit;
    // The first thing that verification found wrong, its depth and certificate (owned).
    int verify_error;
    int verify_depth;
    X509 *verify_certificate;
    // Verification reports, but refuses nothing.
    int tolerates_any_certificate;
};

static inline int imapscope_tls_bio_read(BIO *bio, char *data, size_t count, size_t *done) {
    struct imapscope_tls_io *io = (struct imapscope_tls_io *)BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (io->input_count == 0 || io->renegotiations_refused > io->renegotiation_limit) {
        BIO_set_retry_read(bio);
        *done = 0;
        return 0;
    }
    size_t taken = count < io->input_count ? count : io->input_count;
    memcpy(data, io->input, taken);
    io->input += taken;
    io->input_count -= taken;
    *done = taken;
    return 1;
}

static inline int imapscope_tls_bio_write(BIO *bio, const char *data, size_t count, size_t *done) {
    struct imapscope_tls_io *io = (struct imapscope_tls_io *)BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    *done = 0;
    if (io->renegotiations_refused > io->renegotiation_limit) {
        *done = count;
        return 1;
    }
    if (io->overflow_count == 0 && io->output_room - io->output_count >= count) {
        memcpy(io->output + io->output_count, data, count);
        io->output_count += count;
        *done = count;
        return 1;
    }
    size_t needed = io->overflow_count + count;
    if (needed > io->overflow_capacity) {
        size_t capacity = needed < 4096 ? 4096 : needed * 2;
        unsigned char *grown = (unsigned char *)realloc(io->overflow, capacity);
        if (grown == NULL) return 0;
        io->overflow = grown;
        io->overflow_capacity = capacity;
    }
    memcpy(io->overflow + io->overflow_count, data, count);
    io->overflow_count = needed;
    *done = count;
    return 1;
}

static inline long imapscope_tls_bio_control(BIO *bio, int command, long number, void *pointer) {
    (void)bio;
    (void)number;
    (void)pointer;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

static inline BIO_METHOD *imapscope_tls_bio_method(void) {
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "imapscope octets");
    if (method == NULL) return NULL;
    BIO_meth_set_read_ex(method, imapscope_tls_bio_read);
    BIO_meth_set_write_ex(method, imapscope_tls_bio_write);
    BIO_meth_set_ctrl(method, imapscope_tls_bio_control);
    return method;
}

// Puts a BIO over `io` beneath `ssl`, in both directions. `io` must outlive `ssl`.
static inline int imapscope_tls_attach(SSL *ssl, BIO_METHOD *method, struct imapscope_tls_io *io) {
    BIO *bio = BIO_new(method);
    if (bio == NULL) return 0;
    BIO_set_data(bio, io);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    return SSL_set_app_data(ssl, io);
}

static inline void imapscope_tls_note_alert(const SSL *ssl, int where, int value) {
    struct imapscope_tls_io *io = (struct imapscope_tls_io *)SSL_get_app_data(ssl);
    if (io == NULL || !(where & SSL_CB_ALERT)) return;
    // Not the level: TLS 1.3 ignores it (RFC 8446 section 6).
    int description = value & 0xff;
    if (description == SSL_AD_CLOSE_NOTIFY || description == SSL_AD_USER_CANCELLED) return;
    if (description == SSL_AD_NO_RENEGOTIATION) {
        if (where & SSL_CB_WRITE) io->renegotiations_refused++;
        return;
    }
    if (where & SSL_CB_WRITE) io->alert_sent = description;
    else io->alert_received = description;
}

static inline int imapscope_tls_note_verification(int succeeded, X509_STORE_CTX *store) {
    SSL *ssl = (SSL *)X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct imapscope_tls_io *io = ssl ? (struct imapscope_tls_io *)SSL_get_app_data(ssl) : NULL;
    if (io == NULL) return succeeded;
    if (!succeeded && io->verify_error == X509_V_OK) {
        io->verify_error = X509_STORE_CTX_get_error(store);
        io->verify_depth = X509_STORE_CTX_get_error_depth(store);
        io->verify_certificate = X509_STORE_CTX_get_current_cert(store);
        if (io->verify_certificate) X509_up_ref(io->verify_certificate);
    }
    return succeeded || io->tolerates_any_certificate;
}

static inline void imapscope_tls_observe(SSL_CTX *context, int verify_mode) {
    SSL_CTX_set_info_callback(context, imapscope_tls_note_alert);
    SSL_CTX_set_verify(context, verify_mode, imapscope_tls_note_verification);
}

static inline struct imapscope_tls_io *imapscope_tls_io_new(void) {
    struct imapscope_tls_io *io = (struct imapscope_tls_io *)calloc(1, sizeof(struct imapscope_tls_io));
    if (io) io->alert_sent = io->alert_received = -1;
    return io;
}

static inline void imapscope_tls_io_free(struct imapscope_tls_io *io) {
    free(io->overflow);
    X509_free(io->verify_certificate);
    free(io);
}

static inline void imapscope_tls_io_drained(struct imapscope_tls_io *io) {
    free(io->overflow);
    io->overflow = NULL;
    io->overflow_count = io->overflow_capacity = 0;
}

static inline int imapscope_ssl_ctx_set_min_version(SSL_CTX *c, int v) { return (int)SSL_CTX_set_min_proto_version(c, v); }
static inline int imapscope_ssl_ctx_set_max_version(SSL_CTX *c, int v) { return (int)SSL_CTX_set_max_proto_version(c, v); }
static inline void imapscope_ssl_ctx_set_mode(SSL_CTX *c, long mode) { SSL_CTX_set_mode(c, mode); }
static inline void imapscope_ssl_ctx_set_dh_auto(SSL_CTX *c) { SSL_CTX_set_dh_auto(c, 1); }
static inline int imapscope_ssl_ctx_set_groups(SSL_CTX *c, const char *names) { return (int)SSL_CTX_set1_groups_list(c, names); }
static inline void imapscope_ssl_ctx_set_session_cache(SSL_CTX *c, long mode, long size) {
    SSL_CTX_set_session_cache_mode(c, mode);
    SSL_CTX_sess_set_cache_size(c, size);
}
static inline void imapscope_ssl_ctx_set_chain(SSL_CTX *c, STACK_OF(X509) *chain) { SSL_CTX_set1_chain(c, chain); }
static inline int imapscope_ssl_set_host_name(SSL *s, const char *name) { return (int)SSL_set_tlsext_host_name(s, name); }
static inline int imapscope_ssl_group(SSL *s) { return (int)SSL_get_negotiated_group(s); }
static inline const char *imapscope_ssl_group_name(SSL *s, int id) { return SSL_group_to_name(s, id); }
static inline int imapscope_ssl_own_signature(SSL *s, int *hash) { return (int)SSL_get_signature_nid(s, hash); }
static inline int imapscope_ssl_peer_signature(SSL *s, int *hash) { return (int)SSL_get_peer_signature_nid(s, hash); }
static inline int imapscope_ssl_extended_master_secret(SSL *s) { return SSL_get_extms_support(s) == 1; }
static inline int imapscope_ssl_secure_renegotiation(SSL *s) { return (int)SSL_get_secure_renegotiation_support(s); }

static inline int imapscope_ssl_index(void) { return SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL); }
static inline void imapscope_ssl_ctx_on_server_name(SSL_CTX *c, int (*callback)(SSL *, int *, void *)) {
    SSL_CTX_set_tlsext_servername_callback(c, callback);
}
static inline int imapscope_ssl_ctx_index(void) { return SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL); }
static const uint64_t SSL_OP_NO_RENEGOTIATION_BIT = SSL_OP_NO_RENEGOTIATION;
static const uint64_t SSL_OP_CIPHER_SERVER_PREFERENCE_BIT = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t SSL_OP_PRIORITIZE_CHACHA_BIT = SSL_OP_PRIORITIZE_CHACHA;
static const uint64_t SSL_OP_LEGACY_SERVER_CONNECT_BIT = SSL_OP_LEGACY_SERVER_CONNECT;
static const uint64_t SSL_OP_NO_COMPRESSION_BIT = SSL_OP_NO_COMPRESSION;
static const uint64_t SSL_OP_NO_TICKET_BIT = SSL_OP_NO_TICKET;

static const unsigned long imapscope_name_flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;

static inline STACK_OF(X509) *imapscope_x509_stack(void) { return sk_X509_new_null(); }
static inline int imapscope_x509_push(STACK_OF(X509) *s, X509 *x) { return sk_X509_push(s, x); }
static inline int imapscope_x509_count(const STACK_OF(X509) *s) { return s ? sk_X509_num(s) : 0; }
static inline X509 *imapscope_x509_at(const STACK_OF(X509) *s, int i) { return sk_X509_value(s, i); }
static inline void imapscope_x509_stack_free(STACK_OF(X509) *s) { sk_X509_pop_free(s, X509_free); }
static inline int imapscope_general_name_count(const GENERAL_NAMES *s) { return s ? sk_GENERAL_NAME_num(s) : 0; }
static inline GENERAL_NAME *imapscope_general_name_at(const GENERAL_NAMES *s, int i) { return sk_GENERAL_NAME_value(s, i); }
static inline void imapscope_general_names_free(GENERAL_NAMES *s) { GENERAL_NAMES_free(s); }
#endif
