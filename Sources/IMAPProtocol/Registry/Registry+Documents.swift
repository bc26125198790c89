extension Registry {
    private static let documents: [RegistryRow: Specification] = {
        var documents: [RegistryRow: Specification] = [:]
        for specification in Registry.specifications {
            for row in specification.rows { documents[row] = specification }
        }
        return documents
    }()

    /// The document that defines a row.
    public static func specification(of row: RegistryRow) -> Specification? { self.documents[row] }

    /// Where it is written: `RFC 3501 section 6.3.1`.
    public static func reference(of row: RegistryRow) -> String {
        self.specification(of: row)?.reference(of: row) ?? ""
    }

    /// Who does it, where no RFC says how.
    public static func vendor(of row: RegistryRow) -> String? {
        guard let specification = self.specification(of: row), specification.vendor != nil || row.section.isEmpty else {
            return nil
        }
        return row.document ?? specification.vendor ?? specification.name
    }

    // MARK: - Capabilities

    /// What comes with a capability: commands, codes, items.
    public static func brought(by capability: RegistryRow) -> [RegistryRow] { self.bringing[capability] ?? [] }

    /// The capabilities that a row comes with; none for what every server knows.
    public static func capabilities(of row: RegistryRow) -> [RegistryRow] { self.broughtBy[row] ?? [] }

    private static let bringing: [RegistryRow: [RegistryRow]] = {
        var bringing: [RegistryRow: [RegistryRow]] = [:]
        for specification in Registry.specifications {
            let capabilities = specification.rows.filter { $0.kind == .capability }
            let others = specification.rows.filter { $0.kind != .capability }
            for capability in capabilities {
                guard let names = capability.brings else {
                    bringing[capability] = capabilities.count == 1 ? others : []
                    continue
                }
                bringing[capability] = names.flatMap { name in
                    let here = others.filter { $0.name == name }
                    return here.isEmpty ? Registry.rows(named: name).filter { $0.kind != .capability } : here
                }
            }
        }
        return bringing
    }()

    private static let broughtBy: [RegistryRow: [RegistryRow]] = {
        var broughtBy: [RegistryRow: [RegistryRow]] = [:]
        for capability in Registry.rows where capability.kind == .capability {
            for row in Registry.brought(by: capability) { broughtBy[row, default: []].append(capability) }
        }
        return broughtBy
    }()
}
