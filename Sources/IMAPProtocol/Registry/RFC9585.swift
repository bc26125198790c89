extension Specification {
    /// RFC 9585, INPROGRESS.
    static let inProgress = Specification(
        "RFC 9585",
        "INPROGRESS",
        [
            RegistryRow(
                .capability,
                "INPROGRESS",
                "slow commands report progress",
                shape: "INPROGRESS",
                section: "3",
                related: ["OK"]
            ),
            RegistryRow(
                .code,
                "INPROGRESS",
                "still working",
                shape: #""[" INPROGRESS [SP "(" (quoted / NIL) SP (number / NIL) SP (nz-number / NIL) ")"] "]""#,
                section: "4",
                remark: "tag, how much is done, how much there is",
                related: ["OK"]
            ),
        ]
    )
}
