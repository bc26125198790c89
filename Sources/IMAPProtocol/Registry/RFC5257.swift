extension Specification {
    /// RFC 5257, ANNOTATE.
    static let annotate = Specification(
        "RFC 5257",
        "ANNOTATE",
        [
            RegistryRow(
                .capability,
                "ANNOTATE-EXPERIMENT-1",
                "messages can be annotated",
                shape: "ANNOTATE-EXPERIMENT-1",
                section: "4.1",
                related: ["METADATA"]
            ),
            RegistryRow(
                .code,
                "ANNOTATE",
                "the message annotation is refused",
                shape: #""[" ANNOTATE SP (TOOBIG / TOOMANY) "]""#,
                section: "4.5",
                related: ["STORE", "APPEND"]
            ),
            RegistryRow(
                .code,
                "ANNOTATIONS",
                "annotation limits of the mailbox",
                shape: #""[" ANNOTATIONS SP (nz-number / READ-ONLY / NONE) [SP NOPRIVATE] "]""#,
                section: "4.2",
                related: ["SELECT"]
            ),
            RegistryRow(
                .selectParam,
                "ANNOTATE",
                "changes of annotations are to be reported",
                shape: "ANNOTATE",
                section: "4.2",
                related: ["SELECT"]
            ),
            RegistryRow(
                .fetchItem,
                "ANNOTATION",
                "annotations",
                shape:
                    #"ANNOTATION SP "(" entries SP attribs ")" / answer: ANNOTATION SP "(" entry-att *(SP entry-att) ")""#,
                section: "4.3",
                related: ["STORE", "METADATA"]
            ),
            RegistryRow(
                .storeItem,
                "ANNOTATION",
                "writes annotations of messages",
                shape: #"ANNOTATION SP "(" entry SP "(" attrib SP value ")" ")""#,
                section: "4.5",
                related: ["ANNOTATE"]
            ),
            RegistryRow(
                .searchKey,
                "ANNOTATION",
                "with a certain annotation",
                shape: "ANNOTATION SP entry SP attrib SP value",
                section: "4.8",
                related: ["ANNOTATE"]
            ),
            RegistryRow(
                .sortKey,
                "ANNOTATION",
                "an annotation",
                shape: "ANNOTATION SP entry SP attrib",
                section: "4.9",
                related: ["SORT"]
            ),
            RegistryRow(
                .right,
                "n",
                "write annotations",
                shape: "n",
                section: "3.4",
                related: ["ANNOTATE", "ACL"]
            ),
            RegistryRow(
                .annotationAttribute,
                "value",
                "the value of an annotation; without suffix both",
                shape: "value / value.priv / value.shared",
                section: "3.2.2",
                related: ["ANNOTATION", "size"]
            ),
            RegistryRow(
                .annotationAttribute,
                "value.priv",
                "the value for this user only",
                shape: "value.priv",
                section: "3.3",
                related: ["value.shared"]
            ),
            RegistryRow(
                .annotationAttribute,
                "value.shared",
                "the value for everybody",
                shape: "value.shared",
                section: "3.3",
                related: ["value.priv"]
            ),
            RegistryRow(
                .annotationAttribute,
                "size",
                "the octets of an annotation",
                shape: "size / size.priv / size.shared",
                section: "3.2.2",
                related: ["ANNOTATION", "value"]
            ),
            RegistryRow(
                .annotationAttribute,
                "size.priv",
                "the octets of the value for this user",
                shape: "size.priv",
                section: "3.2.2",
                related: ["size.shared"]
            ),
            RegistryRow(
                .annotationAttribute,
                "size.shared",
                "the octets of the value for everybody",
                shape: "size.shared",
                section: "3.2.2",
                related: ["size.priv"]
            ),
            RegistryRow(
                .metadataEntry,
                "/comment",
                "a comment on a message",
                shape: #"/comment SP "(" value.priv SP string ")""#,
                section: "3.2.1",
                related: ["ANNOTATION"]
            ),
            RegistryRow(
                .metadataEntry,
                "/altsubject",
                "another subject for a message",
                shape: #"/altsubject SP "(" value.priv SP string ")""#,
                section: "3.2.1",
                related: ["ANNOTATION"]
            ),
        ]
    )
}
