extension Specification {
    /// RFC 4315, UIDPLUS.
    static let uidplus = Specification(
        "RFC 4315",
        "UIDPLUS",
        [
            RegistryRow(
                .capability,
                "UIDPLUS",
                "UID EXPUNGE, and new UIDs are reported",
                shape: "UIDPLUS",
                section: "1",
                related: ["UID", "COPY", "APPEND"],
                brings: ["EXPUNGE", "APPENDUID", "COPYUID", "UIDNOTSTICKY"]
            ),
            RegistryRow(
                .code,
                "APPENDUID",
                "UID of the new message",
                shape: #""[" APPENDUID SP nz-number SP append-uid "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["APPEND", "UIDVALIDITY", "MULTIAPPEND"]
            ),
            RegistryRow(
                .code,
                "COPYUID",
                "UIDs of the copies",
                shape: #""[" COPYUID SP nz-number SP uid-set SP uid-set "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                remark: "UIDVALIDITY of the target, UIDs here, UIDs there, in the same order",
                related: ["COPY", "MOVE", "UIDVALIDITY"]
            ),
            RegistryRow(
                .code,
                "UIDNOTSTICKY",
                "this mailbox forgets its UIDs when it is closed",
                shape: #""[" UIDNOTSTICKY "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["UIDVALIDITY", "SELECT"]
            ),
        ]
    )
}
