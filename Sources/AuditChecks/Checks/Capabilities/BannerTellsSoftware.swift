import IMAPProtocol
import IMAPSession
import Traffic

struct BannerTellsSoftware: Check {
    static let description = CheckDescription(
        id: "C14",
        name: "banner-tells-software",
        severity: .info,
        reference: "RFC 2971 section 5",
        summary: "the server names its software before anybody is logged in",
        rationale: "Who looks for servers with a known hole finds them by their greeting.",
        remedy: "Shorten the greeting, and let ID name no version before the login."
    )
    static let moments: Moments = [.greeting, .earlyUntagged]

    func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .greeting(let message):
            let text = audit.words(message.arguments..<audit.text.count)
            guard let product = audit.software(behind: message.arguments) else { return }
            let version = Self.version(in: text).map { " \($0)" } ?? ""
            audit.report("the greeting names \(product)\(version)", blame: .server, leg: .upstream)
        case .untagged(let message) where message.response == .id:
            let text = audit.words(message.arguments..<audit.text.count).trimmedLine
            guard text.uppercased() != "NIL" else { return }
            audit.report("ID tells \(text.cited)", blame: .server, leg: .upstream)
        default: break
        }
    }

    /// A word such as `2.3.19` or `v3.8`.
    private static func version(in text: String) -> String? {
        text.split { " ()[],;".contains($0) }.lazy.map { $0.drop { $0 == "v" } }.first { word in
            word.count <= 16 && word.first?.isNumber == true && word.contains(".")
                && word.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" || $0.isLetter && $0.isASCII }
        }.map { String($0) }
    }
}
