import Traffic

/// Who is to blame, said once.
extension Finding {
    static func client(_ id: String, _ severity: Severity, at offset: UInt64, _ text: String, _ reference: String)
        -> Finding
    {
        Finding(
            id: id,
            severity: severity,
            blame: .client,
            direction: .client,
            offset: offset,
            text: text,
            reference: reference
        )
    }

    static func server(_ id: String, _ severity: Severity, at offset: UInt64, _ text: String, _ reference: String)
        -> Finding
    {
        Finding(
            id: id,
            severity: severity,
            blame: .server,
            direction: .server,
            offset: offset,
            text: text,
            reference: reference
        )
    }
}
