import SASL
import Testing

/// A session in which a check finds something, and the closest one in which it does not.
struct AuditCase: Sendable, CustomTestStringConvertible {
    var check: String
    var guilty: String
    var innocent: String

    init(_ check: String, _ guilty: String, _ innocent: String) {
        self.check = check
        self.guilty = guilty
        self.innocent = innocent
    }

    var testDescription: String { self.check }
}

func base64(_ text: String) -> String { base64(Array(text.utf8)) }

func base64(_ octets: [UInt8]) -> String { String(decoding: Base64.encode(octets), as: UTF8.self) }

/// An AUTHENTICATE exchange whose messages are not in base64 yet, the server's first.
func authentication(_ mechanism: String, _ messages: [String], answer: String = "1 OK in") -> String {
    var lines = ["S: * OK hello", "C: 1 AUTHENTICATE \(mechanism)"]
    for (index, message) in messages.enumerated() {
        lines.append((index.isMultiple(of: 2) ? "S: + " : "C: ") + base64(message))
    }
    return (lines + ["S: \(answer)"]).joined(separator: "\n")
}
