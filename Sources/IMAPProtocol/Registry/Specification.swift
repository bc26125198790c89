/// A document that defines names: an RFC, a draft or a vendor's practice.
public struct Specification: Sendable, Hashable {
    /// `RFC 3501`, or the vendor's name.
    public var name: String
    public var title: String
    /// Who does it, where no RFC says how.
    public var vendor: String?
    public var rows: [RegistryRow]

    init(_ name: String, _ title: String, vendor: String? = nil, _ rows: [RegistryRow]) {
        self.name = name
        self.title = title
        self.vendor = vendor
        self.rows = rows
    }

    /// `RFC 3501 section 6.3.1`, or `Gmail, in no RFC`.
    func reference(of row: RegistryRow) -> String {
        let document = row.document ?? self.name
        guard !row.section.isEmpty else { return "\(document), in no RFC" }
        return "\(document) \(row.section.first?.isLetter == true ? "appendix" : "section") \(row.section)"
    }
}
