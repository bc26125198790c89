import Traffic

/// The messages of Kerberos in context tokens of GSS-API (RFC 4121 section 4.1, RFC 4120 section 5): what stands in them in the
/// clear. Tickets, authenticators and keys are neither shown nor kept.
enum KerberosToken {
    /// - Parameter inner: what follows the mechanism's identifier: two octets of token type, then the message.
    static func step(_ inner: ArraySlice<UInt8>) -> SASLStep? {
        guard inner.count > 2, let first = inner.first else { return nil }
        let message = inner.dropFirst(2)
        var reader = DERReader(message)
        guard inner.dropFirst().first == 0, let application = reader.next(), reader.rest.isEmpty,
            let sequence = application.only, sequence.tag == 0x30, let elements = sequence.elements
        else { return nil }
        switch (first, application.tag) {
        case (0x01, 0x6e): return self.request(elements)
        case (0x02, 0x6f): return self.reply(elements)
        case (0x03, 0x7e): return self.error(elements)
        default: return nil
        }
    }

    /// AP-REQ, RFC 4120 section 5.5.1.
    private static func request(_ elements: [DERReader.Element]) -> SASLStep? {
        guard let ticket = elements.context(3), ticket.tag == 0x61, let fields = ticket.only?.elements,
            let realm = fields.context(1)?.name, let service = self.principal(fields.context(2)),
            let ticketType = self.encryptionType(fields.context(3)),
            let authenticatorType = self.encryptionType(elements.context(4))
        else { return nil }
        var step = SASLStep(
            "Kerberos ticket for \(WireText.excerpt(service))@\(WireText.excerpt(realm)), "
                + "\(KerberosEncryption.name(ticketType)), masked"
        )
        step.note("realm", realm.utf8)
        step.note("service", service.utf8)
        step.note("ticket-encryption", KerberosEncryption.name(ticketType))
        step.note("authenticator-encryption", KerberosEncryption.name(authenticatorType))
        // ap-options: bit 2 is mutual-required.
        let options = elements.context(2)?.content.dropFirst().first
        let isMutual = options.map { $0 & 0x20 != 0 } ?? false
        step.note("mutual-authentication", isMutual ? "asked for" : "not asked for")
        if authenticatorType != ticketType {
            step.summary += ", authenticator \(KerberosEncryption.name(authenticatorType))"
        }
        if !isMutual { step.summary += ", the server need not prove itself" }
        step.problems = Set([ticketType, authenticatorType]).sorted().compactMap { KerberosEncryption.problem($0) }
        if !service.lowercased().hasPrefix("imap/") {
            step.problems.append("Kerberos ticket is for another service than imap (RFC 4752 section 3.1)")
        }
        return step
    }

    /// AP-REP, RFC 4120 section 5.5.2.
    private static func reply(_ elements: [DERReader.Element]) -> SASLStep? {
        guard let type = self.encryptionType(elements.context(2)) else { return nil }
        var step = SASLStep("Kerberos reply of the server, \(KerberosEncryption.name(type)), masked")
        step.note("reply-encryption", KerberosEncryption.name(type))
        step.problems = [KerberosEncryption.problem(type)].compactMap { $0 }
        return step
    }

    /// KRB-ERROR, RFC 4120 section 5.9.1.
    private static func error(_ elements: [DERReader.Element]) -> SASLStep? {
        guard let code = elements.context(6)?.number else { return nil }
        let name = KerberosError.name(code)
        var step = SASLStep("Kerberos error \(name)")
        step.note("error-code", name)
        if let realm = elements.context(9)?.name { step.note("realm", realm.utf8) }
        if let service = self.principal(elements.context(10)) {
            step.note("service", service.utf8)
            step.summary += " for \(WireText.excerpt(service))"
        }
        if let text = elements.context(11)?.name, !text.isEmpty {
            step.note("error-text", text.utf8)
            step.summary += ": \(WireText.excerpt(text))"
        }
        return step
    }

    /// `imap/host.example`, RFC 4120 section 5.2.2.
    private static func principal(_ element: DERReader.Element?) -> String? {
        guard let parts = element?.elements?.context(1)?.elements, !parts.isEmpty, parts.count <= 8 else { return nil }
        var names: [String] = []
        for part in parts {
            guard let name = part.name else { return nil }
            names.append(name)
        }
        return names.joined(separator: "/")
    }

    /// The type in EncryptedData, RFC 4120 section 5.2.9.
    private static func encryptionType(_ element: DERReader.Element?) -> Int? {
        guard let fields = element?.elements, fields.context(2)?.tag == 0x04 else { return nil }
        return fields.context(0)?.number
    }
}
