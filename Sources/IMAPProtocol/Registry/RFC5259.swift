extension Specification {
    /// RFC 5259, CONVERT.
    static let convert = Specification(
        "RFC 5259",
        "CONVERT",
        [
            RegistryRow(
                .command,
                "CONVERT",
                "downloads attachments converted to another format",
                shape: #"CONVERT SP sequence-set SP "(" (mime-type / DEFAULT) [SP "(" params ")"] ")" SP convert-att"#,
                section: "6",
                states: .selected,
                related: ["CONVERSIONS", "CONVERTED", "TEMPFAIL", "UID"]
            ),
            RegistryRow(
                .command,
                "CONVERSIONS",
                "asks which conversions the server can do",
                shape: "CONVERSIONS SP mime-type SP mime-type",
                section: "5.1",
                states: .loggedIn,
                related: ["CONVERT"]
            ),
            RegistryRow(
                .response,
                "CONVERSION",
                "a conversion the server can do",
                shape: #""*" SP CONVERSION SP mime-type SP mime-type [SP "(" params ")"]"#,
                section: "5.2",
                related: ["CONVERSIONS"]
            ),
            RegistryRow(
                .response,
                "CONVERTED",
                "converted attachment data",
                shape:
                    #""*" SP nz-number SP CONVERTED SP "(" TAG SP string ")" SP "(" convert-data *(SP convert-data) ")""#,
                section: "8.1",
                related: ["CONVERT"]
            ),
            RegistryRow(
                .capability,
                "CONVERT",
                "attachments can be converted on the server",
                shape: "CONVERT",
                section: "3.1",
                related: ["BINARY"]
            ),
            RegistryRow(
                .code,
                "TEMPFAIL",
                "the conversion failed for now",
                shape: #""[" TEMPFAIL "]""#,
                section: "9",
                related: ["CONVERT"]
            ),
            RegistryRow(
                .code,
                "MAXCONVERTMESSAGES",
                "too many messages in one conversion",
                shape: #""[" MAXCONVERTMESSAGES SP nz-number "]""#,
                section: "9",
                related: ["CONVERT"]
            ),
            RegistryRow(
                .code,
                "MAXCONVERTPARTS",
                "too many parts in one conversion",
                shape: #""[" MAXCONVERTPARTS SP nz-number "]""#,
                section: "9",
                related: ["CONVERT"]
            ),
        ]
    )
}
