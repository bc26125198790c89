#include "anchors.h"

#include <stdbool.h>
#include <string.h>
#include <zlib.h>

enum kind { OPEN = 1, CLOSE, LINE_END, QUOTED, LITERAL, STRAY, ATOM };

struct token {
    uint32_t offset;
    uint32_t length;
    uint8_t kind;
};

enum { RING = 4096 };
static struct token ring[RING];
static bool delimiter[256];

static void prepare(void) {
    if (delimiter[' ']) return;
    for (const char *octet = " ()\"{\r\n"; *octet; octet++) delimiter[(uint8_t)*octet] = true;
}

static inline void put(uint64_t *tokens, size_t offset, size_t length, enum kind kind) {
    struct token *token = &ring[(*tokens)++ % RING];
    token->offset = (uint32_t)offset;
    token->length = (uint32_t)length;
    token->kind = (uint8_t)kind;
}

uint64_t anchor_scalar_lexer(const uint8_t *octets, size_t count) {
    prepare();
    uint64_t tokens = 0;
    size_t at = 0;
    while (at < count) {
        size_t start = at;
        switch (octets[at]) {
        case ' ':
        case '\r':
            at++;
            break;
        case '(':
            put(&tokens, at++, 1, OPEN);
            break;
        case ')':
            put(&tokens, at++, 1, CLOSE);
            break;
        case '\n':
            put(&tokens, at++, 1, LINE_END);
            break;
        case '"':
            start = ++at;
            for (;;) {
                while (at < count && octets[at] != '"' && octets[at] != '\\') at++;
                if (at >= count || octets[at] == '"') break;
                at += 2;
            }
            if (at > count) at = count;
            put(&tokens, start, at - start, QUOTED);
            at++;
            break;
        case '{': {
            uint64_t size = 0;
            at++;
            while (at < count && octets[at] >= '0' && octets[at] <= '9') size = size * 10 + (octets[at++] - '0');
            if (at + 2 < count && octets[at] == '}' && octets[at + 1] == '\r') {
                at += 3;
                put(&tokens, at, size, LITERAL);
                at += size;
            } else {
                put(&tokens, start, 1, STRAY);
            }
            break;
        }
        default:
            at++;
            while (at < count && !delimiter[octets[at]]) at++;
            put(&tokens, start, at - start, ATOM);
        }
    }
    return tokens;
}

uint64_t anchor_memchr_lines(const uint8_t *octets, size_t count) {
    uint64_t lines = 0;
    const uint8_t *at = octets;
    const uint8_t *end = octets + count;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        lines++;
        at++;
    }
    return lines;
}

uint64_t anchor_inflate(const uint8_t *octets, size_t count, size_t chunk) {
    static uint8_t output[65536];
    z_stream stream = {0};
    uint64_t produced = 0;
    if (inflateInit2(&stream, -15) != Z_OK) return 0;
    for (size_t at = 0; at < count; at += chunk) {
        stream.next_in = (Bytef *)(octets + at);
        stream.avail_in = (uInt)(count - at < chunk ? count - at : chunk);
        do {
            stream.next_out = output;
            stream.avail_out = sizeof output;
            int status = inflate(&stream, Z_NO_FLUSH);
            produced += sizeof output - stream.avail_out;
            if (status != Z_OK && status != Z_BUF_ERROR) break;
        } while (stream.avail_out == 0);
    }
    inflateEnd(&stream);
    return produced;
}
