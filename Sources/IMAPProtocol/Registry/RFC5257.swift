extension Specification {
    /// RFC 5257, ANNOTATE.
    static let annotate = Specification(
        "RFC 5257",
        "ANNOTATE",
        [
            .capability("ANNOTATE-EXPERIMENT-1", "messages can be annotated"),
            .code("ANNOTATE", "the message annotation is refused"),
            .code("ANNOTATIONS", "annotation limits of the mailbox"),
            .fetch("ANNOTATION", "annotations"),
            .search("ANNOTATION", "with a certain annotation"),
            .right("n", "write annotations"),
        ]
    )
}
