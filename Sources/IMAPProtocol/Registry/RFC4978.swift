extension Specification {
    /// RFC 4978, COMPRESS.
    static let compress = Specification(
        "RFC 4978",
        "COMPRESS",
        [
            .command("COMPRESS", "asks to compress both directions from here on"),
            .capability("COMPRESS=DEFLATE", "the connection can be compressed"),
            .code("COMPRESSIONACTIVE", "compression is already on"),
        ]
    )
}
