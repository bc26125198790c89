import IMAPProtocol

extension Explanation {
    static let quirkKind = "quirk"

    init(_ quirk: Quirk) {
        self.init(
            kind: Self.quirkKind,
            name: quirk.id,
            meaning: quirk.name,
            reference: quirk.reference,
            remark: "relayed untouched; understood as: \(quirk.meaning)"
        )
        self.knownFor = quirk.knownFor
        self.reports = quirk.sources
    }
}
