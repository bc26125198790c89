extension Specification {
    /// RFC 5255, Internationalization.
    static let i18n = Specification(
        "RFC 5255",
        "Internationalization",
        [
            RegistryRow(
                .command,
                "LANGUAGE",
                "chooses the language of the server's texts",
                shape: "LANGUAGE *(SP lang-range)",
                section: "3.2",
                states: .any,
                related: ["COMPARATOR", "NAMESPACE"]
            ),
            RegistryRow(
                .command,
                "COMPARATOR",
                "chooses how texts are compared and sorted",
                shape: "COMPARATOR *(SP comparator)",
                section: "4.7",
                states: .loggedIn,
                related: ["BADCOMPARATOR", "LANGUAGE", "I18NLEVEL=2"]
            ),
            RegistryRow(
                .response,
                "LANGUAGE",
                "language of the server's texts",
                shape: #""*" SP LANGUAGE SP "(" lang-tag *(SP lang-tag) ")""#,
                section: "3.3",
                related: ["TRANSLATION"]
            ),
            RegistryRow(
                .response,
                "COMPARATOR",
                "how texts are compared and sorted",
                shape: #""*" SP COMPARATOR SP comparator [SP "(" comparator *(SP comparator) ")"]"#,
                section: "4.8",
                related: ["BADCOMPARATOR"]
            ),
            RegistryRow(
                .capability,
                "LANGUAGE",
                "the server's texts come in several languages",
                shape: "LANGUAGE",
                section: "3.1",
                remark: "texts of the server may then be UTF-8",
                related: ["I18NLEVEL=1"],
                brings: ["LANGUAGE", "TRANSLATION"]
            ),
            RegistryRow(
                .capability,
                "I18NLEVEL=1",
                "texts are compared beyond ASCII",
                shape: "I18NLEVEL=1",
                section: "4.3",
                related: ["I18NLEVEL=2", "SEARCH"]
            ),
            RegistryRow(
                .capability,
                "I18NLEVEL=2",
                "how texts are compared can be chosen",
                shape: "I18NLEVEL=2",
                section: "4.4",
                related: ["I18NLEVEL=1"],
                brings: ["COMPARATOR", "BADCOMPARATOR"]
            ),
            RegistryRow(
                .code,
                "BADCOMPARATOR",
                "the server knows no such way to compare texts",
                shape: #""[" BADCOMPARATOR "]""#,
                section: "4.9",
                related: ["COMPARATOR", "SORT"]
            ),
            RegistryRow(
                .syntax,
                "TRANSLATION",
                "a name prefix in the user's language, in a NAMESPACE response",
                shape: #"DQUOTE TRANSLATION DQUOTE SP "(" string ")""#,
                section: "3.4",
                related: ["NAMESPACE", "LANGUAGE"]
            ),
        ]
    )
}
