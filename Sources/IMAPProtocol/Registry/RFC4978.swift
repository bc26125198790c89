extension Specification {
    /// RFC 4978, COMPRESS.
    static let compress = Specification(
        "RFC 4978",
        "COMPRESS",
        [
            RegistryRow(
                .command,
                "COMPRESS",
                "asks to compress both directions from here on",
                shape: "COMPRESS SP DEFLATE",
                section: "3",
                states: .loggedIn,
                remark: "raw deflate (RFC 1951) begins right after the line end of the tagged OK",
                related: ["COMPRESSIONACTIVE", "UNAUTHENTICATE"]
            ),
            RegistryRow(
                .capability,
                "COMPRESS=DEFLATE",
                "the connection can be compressed",
                shape: "COMPRESS=DEFLATE",
                section: "3",
                related: ["COMPRESSIONACTIVE"]
            ),
            RegistryRow(
                .code,
                "COMPRESSIONACTIVE",
                "compression is already on",
                shape: #""[" COMPRESSIONACTIVE "]""#,
                section: "3",
                related: ["COMPRESS"]
            ),
            RegistryRow(
                .compression,
                "DEFLATE",
                "raw deflate (RFC 1951), flushed after each write",
                shape: "DEFLATE",
                section: "3",
                related: ["COMPRESS"]
            ),
        ]
    )
}
