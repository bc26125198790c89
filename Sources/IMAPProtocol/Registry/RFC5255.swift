extension Specification {
    /// RFC 5255, Internationalization.
    static let i18n = Specification(
        "RFC 5255",
        "Internationalization",
        [
            .command("LANGUAGE", "chooses the language of the server's texts"),
            .command("COMPARATOR", "chooses how texts are compared and sorted"),
            .response("LANGUAGE", "language of the server's texts"),
            .response("COMPARATOR", "how texts are compared and sorted"),
            .capability("LANGUAGE", "the server's texts come in several languages"),
            .capability("I18NLEVEL=1", "texts are compared beyond ASCII"),
            .capability("I18NLEVEL=2", "how texts are compared can be chosen"),
            .code("BADCOMPARATOR", "unknown way to compare texts"),
        ]
    )
}
