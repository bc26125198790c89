/// What each target may import beside the targets it stands on and the modules of the language: the layers of the
/// package, lowest first, as data.
struct Layer: Sendable {
    var target: String
    /// Every module that the files of the target may import.
    var imports: Set<String>
    /// Whether the target is part of the core, which knows neither files nor sockets.
    var isCore: Bool

    init(_ target: String, _ imports: Set<String>, isCore: Bool = true) {
        self.target = target
        self.imports = imports
        self.isCore = isCore
    }
}

/// Modules of the toolchain that every target may import.
let languageModules: Set<String> = ["Swift", "Synchronization", "Glibc", "Musl"]

let forbiddenInCore: Set<String> = [
    "Foundation", "FoundationEssentials", "NIO", "NIOCore", "NIOPosix", "NIOConcurrencyHelpers", "Logging",
]

let layers: [Layer] = [
    Layer("Traffic", []),
    Layer("IMAPWire", ["Traffic"]),
    Layer("IMAPProtocol", ["IMAPWire", "Traffic"]),
    Layer("PacketDecoding", ["Traffic"]),
    Layer("Cryptography", ["Traffic", "COpenSSL"]),
    Layer("TLSDecryption", ["Cryptography", "Traffic"]),
    Layer("SASL", ["IMAPProtocol", "Cryptography", "CIDN", "Traffic"]),
    Layer("Deflate", ["CZlib"]),
    Layer("IMAPSession", ["IMAPProtocol", "SASL", "Deflate", "IMAPWire", "Traffic"]),
    Layer("Masking", ["IMAPSession", "IMAPProtocol", "SASL", "IMAPWire", "Traffic"]),
    Layer("FilterLanguage", ["IMAPSession", "IMAPProtocol", "SASL", "IMAPWire", "CPCRE2", "Traffic"]),
    Layer(
        "RuleEngine",
        ["FilterLanguage", "Masking", "Yams", "IMAPSession", "IMAPProtocol", "SASL", "IMAPWire", "Traffic"]
    ),
    Layer("AuditChecks", ["Masking", "Yams", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]),
    Layer("ReplayPlan", ["FilterLanguage", "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]),
    Layer("TestServer", ["SASL", "IMAPSession", "IMAPProtocol", "IMAPWire", "Cryptography", "Traffic"]),
    Layer("Probing", ["IMAPProtocol", "IMAPWire", "Traffic"]),
    Layer(
        "CaptureDecoding",
        ["TLSDecryption", "Cryptography", "PacketDecoding", "IMAPSession", "IMAPProtocol", "IMAPWire", "Traffic"]
    ),
    Layer("CaptureFiles", ["PacketDecoding", "Deflate", "CPcap", "CZstd", "CLZ4", "Traffic"], isCore: false),
    Layer("ProxyCore", ["RuleEngine", "IMAPSession", "IMAPProtocol", "SASL", "Deflate", "IMAPWire", "Traffic"]),
    Layer(
        "Reporting",
        ["AuditChecks", "Masking", "FilterLanguage", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"],
        isCore: false
    ),
    Layer("LogImport", ["IMAPSession", "Traffic"]),
    Layer(
        "SessionStore",
        [
            "GRDB", "Foundation", "Dispatch", "Cryptography", "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire",
            "SASL",
            "Traffic",
        ],
        isCore: false
    ),
    Layer("TLSTransport", ["NIOCore", "Cryptography", "COpenSSL", "Traffic"], isCore: false),
    Layer(
        "ProxyServer",
        [
            "NIOCore", "NIOPosix", "NIOConcurrencyHelpers", "ProxyCore", "TLSTransport", "TestServer", "Masking",
            "Reporting",
            "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
        ],
        isCore: false
    ),
    Layer(
        "Commands",
        [
            "LogImport", "SessionStore", "AuditChecks", "ArgumentParser", "Dispatch", "Yams", "CaptureFiles",
            "CaptureDecoding",
            "TLSDecryption",
            "PacketDecoding",
            "Logging",
            "NIOCore", "NIOPosix", "Probing", "ProxyServer", "ProxyCore",
            "TLSTransport", "Reporting",
            "TestServer", "RuleEngine", "ShippedRules", "FilterLanguage", "Masking", "IMAPSession", "IMAPProtocol",
            "IMAPWire", "SASL",
            "Cryptography", "Traffic",
        ],
        isCore: false
    ),
    Layer("imapscope", ["Commands"], isCore: false),
]
