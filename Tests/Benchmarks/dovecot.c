// Dovecot's own parser of server responses (imap-parser, which imapc uses) over a file, as a reference for ours: it builds
// an argument tree a line, and the tree is walked once. Built by Tests/Benchmarks/run when dovecot-dev is installed.
#include "lib.h"
#include "istream.h"
#include "imap-arg.h"
#include "imap-parser.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static unsigned long walk(const struct imap_arg *arg) {
    unsigned long count = 0;
    while (arg->type != IMAP_ARG_EOL) {
        if (arg->type == IMAP_ARG_LIST) count += walk(imap_arg_as_list(arg));
        count++;
        arg++;
    }
    return count;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/// Parses all of `octets` and returns the number of arguments, or 0 when the parser stopped early.
static unsigned long parse(const unsigned char *octets, size_t size) {
    const enum imap_parser_flags flags = IMAP_PARSE_FLAG_ATOM_ALLCHARS | IMAP_PARSE_FLAG_LITERAL8 |
        IMAP_PARSE_FLAG_SERVER_TEXT | IMAP_PARSE_FLAG_LITERAL_TYPE;
    struct istream *input = i_stream_create_from_data(octets, size);
    struct imap_parser *parser = imap_parser_create(input, NULL, 1 << 26, NULL);
    unsigned long arguments = 0;
    const unsigned char *rest;
    size_t left;
    bool failed = FALSE;
    while (!failed && i_stream_read_more(input, &rest, &left) > 0) {
        T_BEGIN {
            const struct imap_arg *args;
            failed = imap_parser_read_word(parser) == NULL || imap_parser_read_args(parser, 0, flags, &args) < 0;
            if (!failed) arguments += walk(args);
        } T_END;
        rest = i_stream_get_data(input, &left);
        for (size_t at = 0; at < left && at < 3; at++) {
            if (rest[at] != '\n') continue;
            i_stream_skip(input, at + 1);
            break;
        }
        imap_parser_reset(parser);
    }
    imap_parser_unref(&parser);
    i_stream_unref(&input);
    return failed ? 0 : arguments;
}

int main(int argc, char **argv) {
    int file = argc > 1 ? open(argv[1], O_RDONLY) : -1;
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        fprintf(stderr, "usage: dovecot-anchor FILE\n");
        return 66;
    }
    lib_init();
    size_t size = (size_t)status.st_size;
    unsigned char *octets = i_malloc(size);
    for (size_t have = 0; have < size;) {
        ssize_t got = read(file, octets + have, size - have);
        if (got <= 0) return 74;
        have += (size_t)got;
    }
    for (int round = 0; round < 5; round++) {
        double began = seconds();
        unsigned long arguments = parse(octets, size);
        if (arguments == 0) return 65;
        printf("%.1f\n", (double)size / (seconds() - began) / 1e6);
    }
    i_free(octets);
    lib_deinit();
    return 0;
}
