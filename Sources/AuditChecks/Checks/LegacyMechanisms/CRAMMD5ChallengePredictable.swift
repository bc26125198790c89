import IMAPSession
import SASL
import Traffic

struct CRAMMD5ChallengePredictable: Check {
    static let description = CheckDescription(
        id: "M02",
        name: "cram-md5-challenge-predictable",
        severity: .high,
        reference: "RFC 2195 section 2",
        summary: "a CRAM-MD5 challenge came twice, or can be guessed",
        rationale: "The challenge is all that keeps an old digest from being used again.",
        remedy: "Make each challenge of at least 64 random bits and the time."
    )
    static let moments: Moments = .sasl

    func look(at moment: Moment, _ audit: Audit) {
        guard case .sasl(let message, let step) = moment, message.direction == .server,
            audit.session.attempt?.mechanism == "CRAM-MD5", let challenge = step.challenge, !challenge.isEmpty
        else { return }
        let session = audit.session.description.connection.number
        if let first = audit.history.note(
            "CRAM-MD5 challenge",
            audit.session.server + " " + challenge,
            session: session
        ) {
            let place = first == session ? "earlier in this session" : "in session #\(first)"
            audit.report("the CRAM-MD5 challenge was sent \(place) already", blame: .server)
            return
        }
        let changing = Self.changingPart(challenge)
        guard changing.count < Self.fewest || Set(changing).count < 4 else { return }
        audit.report(
            changing.isEmpty
                ? "the CRAM-MD5 challenge has nothing that changes"
                : "the CRAM-MD5 challenge has \(changing.count) letters and digits that can change, "
                    + "\(Set(changing).count) different ones among them",
            blame: .server
        )
    }

    /// `1896.697170952` has thirteen; a time alone has ten.
    private static let fewest = 11

    /// The letters and digits before the host's name.
    private static func changingPart(_ challenge: String) -> [Character] {
        challenge.prefix { $0 != "@" }.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
