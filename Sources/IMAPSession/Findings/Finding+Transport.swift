import Traffic

/// Octets on the wrong side of a change of language.
extension Finding {
    static func tlsOnCleartextPort(_ direction: Direction) -> Finding {
        Finding(
            id: "tls-on-cleartext-port",
            severity: .high,
            blame: direction == .client ? .client : .configuration,
            direction: direction,
            offset: 0,
            text: direction == .client
                ? "the client began TLS (a ClientHello) on a cleartext port; it is relayed but cannot be read: set the "
                    + "client to no encryption or STARTTLS here"
                : "the server speaks TLS on this port; the upstream URL says cleartext",
            reference: "RFC 8314 section 3"
        )
    }

    static func octetsBeforeSwitch(_ count: Int, layer: String, at offset: UInt64) -> Finding {
        .client(
            "octets-before-\(layer == "TLS" ? "tls" : "deflate")",
            .high,
            at: offset,
            "\(count) octets sent before the server's answer; after it they are \(layer), never commands",
            layer == "TLS" ? "RFC 9051 section 6.2.1" : "RFC 4978 section 3"
        )
    }

    static func octetsThrownAway(_ count: Int, at offset: UInt64) -> Finding {
        var finding = Finding.client(
            "octets-before-tls",
            .high,
            at: offset,
            "\(count) octets behind STARTTLS were sent before its OK; they are thrown away and never become commands",
            "RFC 9051 section 6.2.1"
        )
        finding.leg = .client
        return finding
    }

    static func handshakeBeforeOK(_ count: Int, at offset: UInt64) -> Finding {
        var finding = Finding.client(
            "handshake-before-ok",
            .low,
            at: offset,
            "the client began TLS (\(count) octets) before the OK to its STARTTLS; they belong to the handshake",
            "RFC 9051 section 6.2.1"
        )
        finding.leg = .client
        return finding
    }

    static func serverOctetsAfterSwitch(_ count: Int, at offset: UInt64) -> Finding {
        .server(
            "octets-after-starttls",
            .high,
            at: offset,
            "\(count) octets follow the tagged OK of STARTTLS that are not TLS; they must be discarded",
            "RFC 9051 section 6.2.1"
        )
    }
}
