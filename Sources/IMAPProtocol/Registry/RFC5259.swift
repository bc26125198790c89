extension Specification {
    /// RFC 5259, CONVERT.
    static let convert = Specification(
        "RFC 5259",
        "CONVERT",
        [
            .command("CONVERT", "downloads attachments converted to another format"),
            .command("CONVERSIONS", "asks which conversions the server can do"),
            .response("CONVERSION", "a conversion the server can do"),
            .response("CONVERTED", "converted attachment data"),
            .capability("CONVERT", "attachments can be converted on the server"),
            .code("TEMPFAIL", "the conversion failed for now"),
            .code("MAXCONVERTMESSAGES", "too many messages in one conversion"),
            .code("MAXCONVERTPARTS", "too many parts in one conversion"),
        ]
    )
}
