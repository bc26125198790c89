import Traffic

extension TLSNotice {
    func finding(on leg: Leg, _ direction: Direction, at offset: UInt64) -> Finding {
        let peer = leg == .client ? "client" : "server"
        func finding(_ id: String, _ severity: Severity, _ text: String, _ reference: String) -> Finding {
            Finding(
                id: id,
                severity: severity,
                blame: leg == .client ? .client : .server,
                direction: direction,
                offset: offset,
                text: text,
                reference: reference,
                leg: leg
            )
        }
        switch self {
        case .truncated:
            return finding(
                "tls-truncated",
                .low,
                "the \(peer) ends its stream without close_notify: nobody can tell whether its last octets are missing",
                "RFC 8446 section 6.1"
            )
        case .renegotiationRefused:
            return finding(
                "tls-renegotiation",
                .medium,
                "the \(peer) asks for renegotiation, which imapscope refuses; the connection goes on",
                "RFC 9325 section 3.5"
            )
        case .broken(let failure):
            let alert = failure.alert.map { " (\($0))" } ?? ""
            return finding(
                "tls-broken",
                .high,
                "TLS with the \(peer) breaks, \(failure.kind.rawValue)\(alert): \(failure.reason)",
                "RFC 8446 section 6"
            )
        case .certificateChanged(let old, let new):
            return finding(
                "upstream-certificate-changed",
                .medium,
                "the server shows another certificate than before: SHA-256 \(new), before \(old); it was renewed, or "
                    + "another server answers",
                "RFC 9525 section 6"
            )
        }
    }
}
