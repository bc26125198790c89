import TLSTransport
import Traffic

/// `--from`: which peer sent the octets.
enum StreamSource: String, ChoiceSetting {
    case client
    case server

    var direction: Direction {
        switch self {
        case .client: .client
        case .server: .server
        }
    }
}

/// `--format` of the transcript on standard output.
enum TranscriptFormat: String, ChoiceSetting {
    case text
    case jsonl
    case none
}

/// `--format` of what a command that ends prints.
enum ReportFormat: String, ChoiceSetting {
    case text
    case jsonl
}

/// `--format` of `rules fields`.
enum FieldListFormat: String, ChoiceSetting {
    case text
    case json
}

/// `--starttls`: what cleartext listeners tell clients about STARTTLS.
enum StartTLSPolicy: String, ChoiceSetting {
    case offer
    case require
    case never
}

/// `--tls-min`
enum TLSMinimum: String, ChoiceSetting {
    case tls10 = "1.0"
    case tls11 = "1.1"
    case tls12 = "1.2"
    case tls13 = "1.3"

    var version: TLSVersion {
        switch self {
        case .tls10: .tls10
        case .tls11: .tls11
        case .tls12: .tls12
        case .tls13: .tls13
        }
    }
}

/// `--on-slow-output`: what to do when an output takes octets slower than they come.
enum SlowOutputPolicy: String, ChoiceSetting {
    /// Slow the traffic down; the output is complete.
    case pause
    /// Leave messages out of the output and count them.
    case drop
}

/// `--color`
enum ColorChoice: String, ChoiceSetting {
    case auto
    case always
    case never

    /// Whether to colour an output. The option counts most, then NO_COLOR (no-color.org), then CLICOLOR_FORCE, then
    /// TERM=dumb, then whether a person is there to see it.
    func isEnabled(isTerminal: Bool, environment: (String) -> String?) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if let value = environment("NO_COLOR"), !value.isEmpty { return false }
            if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
            if environment("TERM") == "dumb" { return false }
            return isTerminal
        }
    }
}
