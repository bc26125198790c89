/// The negotiation of mechanisms in GSS-SPNEGO (RFC 4178 section 4.2).
struct SPNEGOToken {
    private(set) var offers: [GSSMechanism] = []
    private(set) var state: String?
    private(set) var choice: GSSMechanism?
    /// The token of the mechanism within.
    private(set) var token: [UInt8]?
    private(set) var hasIntegrityCode = false

    /// - Parameter octets: a whole first token, or a later one without its head.
    init?(_ octets: [UInt8]) {
        var body = octets[...]
        if octets.first == 0x60 {
            guard let head = ContextToken(octets), head.mechanism == .spnego else { return nil }
            body = head.inner
        }
        var reader = DERReader(body)
        guard let choice = reader.next(), reader.rest.isEmpty, let sequence = choice.only, sequence.tag == 0x30,
            let fields = sequence.elements
        else { return nil }
        switch choice.tag {
        case 0xa0:
            for element in fields.context(0)?.elements ?? [] {
                guard element.tag == 0x06, let mechanism = GSSMechanism(element.content) else { return nil }
                self.offers.append(mechanism)
            }
        case 0xa1:
            self.state = fields.context(0)?.number.map(Self.stateName)
            self.choice = fields.context(1).flatMap { $0.tag == 0x06 ? GSSMechanism($0.content) : nil }
            self.hasIntegrityCode = fields.context(3) != nil
        default:
            return nil
        }
        if let inner = fields.context(2), inner.tag == 0x04 { self.token = Array(inner.content) }
    }

    private static func stateName(_ number: Int) -> String {
        switch number {
        case 0: "accept-completed"
        case 1: "accept-incomplete"
        case 2: "reject"
        case 3: "request-mic"
        default: "state \(number)"
        }
    }

    var summary: String {
        var parts: [String] = []
        if !self.offers.isEmpty { parts.append("SPNEGO offers \(self.offers.map(\.text).joined(separator: ", "))") }
        if let state = self.state { parts.append("SPNEGO \(state)") }
        if let choice = self.choice { parts.append("chose \(choice.text)") }
        return parts.isEmpty ? "SPNEGO" : parts.joined(separator: ", ")
    }

    func note(in step: inout SASLStep) {
        if !self.offers.isEmpty { step.note("mechanisms", self.offers.map(\.text).joined(separator: ", ")) }
        if let state = self.state { step.note("negotiation-state", state) }
        if let choice = self.choice { step.note("mechanism", choice.text) }
    }
}
