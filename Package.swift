// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: dependencies keep their own.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

func target(_ name: String, _ dependencies: [Target.Dependency] = [], _ more: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + more)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: [.target(name: name)] + dependencies, swiftSettings: strict)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "imapscope",
    products: [
        .executable(name: "imapscope", targets: ["imapscope"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CIDN", pkgConfig: "libidn", providers: [.apt(["libidn-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),

        target("Traffic"),
        target("IMAPWire", ["Traffic"], [.strictMemorySafety()]),
        target("IMAPProtocol", ["IMAPWire", "Traffic"]),
        target("PacketDecoding", ["Traffic"]),
        target("Cryptography", ["Traffic", "COpenSSL"]),
        target("TLSDecryption", ["Cryptography", "Traffic"]),
        target("SASL", ["IMAPProtocol", "Cryptography", "CIDN", "Traffic"]),
        target("Deflate", ["CZlib"]),
        target("IMAPSession", ["IMAPProtocol", "SASL", "Deflate", "IMAPWire", "Traffic"]),
        target("Masking", ["IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]),
        target("FilterLanguage", ["IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "CPCRE2", "Traffic"]),
        .target(
            name: "ShippedRules",
            path: "Rules",
            resources: [
                .embedInCode("attack-alert-spoofing.yaml"),
                .embedInCode("attack-bye-after-starttls.yaml"),
                .embedInCode("attack-capability-downgrade.yaml"),
                .embedInCode("attack-greeting-junk.yaml"),
                .embedInCode("attack-preauth.yaml"),
                .embedInCode("attack-referral-greeting.yaml"),
                .embedInCode("attack-referral-login.yaml"),
                .embedInCode("attack-referral-mailbox.yaml"),
                .embedInCode("attack-refuse-starttls.yaml"),
                .embedInCode("attack-response-injection.yaml"),
                .embedInCode("attack-starttls-bad.yaml"),
                .embedInCode("attack-starttls-garbage.yaml"),
                .embedInCode("attack-strip-starttls.yaml"),
                .embedInCode("attack-tagged-greeting.yaml"),
                .embedInCode("attack-untagged-after-greeting.yaml"),
                .embedInCode("attack-untagged-before-tls.yaml"),
                .embedInCode("flaky-server.yaml"),
                .embedInCode("hide-channel-binding.yaml"),
                .embedInCode("hide-compress.yaml"),
                .embedInCode("legacy-server.yaml"),
                .embedInCode("oauth-bridge.yaml"),
                .embedInCode("readonly.yaml"),
                .embedInCode("redact-extra.yaml"),
                .embedInCode("share-safe.yaml"),
                .embedInCode("slow-network.yaml"),
            ],
            swiftSettings: strict
        ),
        target(
            "RuleEngine",
            [
                "FilterLanguage", "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        target(
            "AuditChecks",
            [
                "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        target(
            "ReplayPlan",
            ["FilterLanguage", "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]
        ),
        target("TestServer", ["SASL", "IMAPProtocol", "IMAPWire", "Traffic"]),
        target("Probing", ["IMAPProtocol", "IMAPWire", "Traffic"]),
        target("ProxyCore", ["RuleEngine", "IMAPSession", "IMAPProtocol", "SASL", "Deflate", "IMAPWire", "Traffic"]),

        target(
            "CaptureDecoding",
            [
                "TLSDecryption", "Cryptography", "PacketDecoding", "IMAPSession", "IMAPProtocol", "IMAPWire", "Traffic",
            ]
        ),
        target("CaptureFiles", ["PacketDecoding", "Deflate", "CPcap", "CZstd", "CLZ4", "Traffic"]),
        target(
            "Reporting",
            ["AuditChecks", "Masking", "FilterLanguage", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]
        ),
        target("LogImport", ["IMAPSession", "Traffic"]),
        target(
            "SessionStore",
            [
                "Cryptography", "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        target(
            "TLSTransport",
            ["Cryptography", "Traffic", "COpenSSL", .product(name: "NIOCore", package: "swift-nio")]
        ),
        target(
            "ProxyServer",
            ["ProxyCore", "TLSTransport", "TestServer", "Masking", "Reporting", "IMAPSession", "IMAPWire", "Traffic"]
                + nio
        ),
        target(
            "Commands",
            [
                "LogImport", "SessionStore", "Probing", "ProxyServer", "ProxyCore", "TLSTransport", "Reporting",
                "TestServer",
                "RuleEngine",
                "ShippedRules",
                "AuditChecks", "FilterLanguage", "Masking", "IMAPSession", "CaptureFiles", "CaptureDecoding",
                "TLSDecryption",
                "PacketDecoding",
                "IMAPProtocol",
                "IMAPWire", "SASL", "Cryptography", "Traffic",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ] + nio
        ),
        .executableTarget(name: "imapscope", dependencies: ["Commands"], swiftSettings: strict),

        .target(name: "Anchors", dependencies: ["CZlib"], path: "Tests/Benchmarks/Anchors"),
        .executableTarget(
            name: "measure",
            dependencies: [
                "Anchors", "Reporting", "Masking", "IMAPSession", "IMAPProtocol", "Deflate", "IMAPWire", "Traffic",
            ],
            path: "Tests/Benchmarks/Measure",
            swiftSettings: strict
        ),

        tests("IMAPWire", ["Traffic"]),
        tests("IMAPProtocol", ["IMAPWire", "Traffic"]),
        tests("PacketDecoding", ["Traffic"]),
        tests(
            "CaptureDecoding",
            ["TLSDecryption", "PacketDecoding", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]
        ),
        tests("CaptureFiles", ["PacketDecoding", "Deflate", "Traffic"]),
        tests("Cryptography", ["Traffic"]),
        .testTarget(
            name: "TLSDecryptionTests",
            dependencies: ["TLSDecryption", "Cryptography", "Traffic"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        tests("SASL", ["Cryptography", "Traffic"]),
        tests("Deflate"),
        tests("IMAPSession", ["IMAPProtocol", "Deflate", "IMAPWire", "SASL", "Traffic"]),
        tests("LogImport", ["IMAPSession", "IMAPWire", "IMAPProtocol", "SASL", "Traffic"]),
        tests(
            "SessionStore",
            [
                "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        tests("Masking", ["IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]),
        tests(
            "Reporting",
            ["Masking", "FilterLanguage", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Cryptography", "Traffic"]
        ),
        tests("AuditChecks", ["Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]),
        tests("FilterLanguage", ["IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"]),
        tests(
            "RuleEngine",
            [
                "ShippedRules", "FilterLanguage", "Masking", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL",
                "Traffic",
            ]
        ),
        tests("Probing", ["IMAPProtocol", "Traffic"]),
        tests("TestServer", ["SASL", "IMAPProtocol", "IMAPWire", "Traffic"]),
        tests(
            "ProxyCore",
            ["RuleEngine", "FilterLanguage", "IMAPSession", "IMAPProtocol", "SASL", "Deflate", "IMAPWire", "Traffic"]
        ),
        tests(
            "TLSTransport",
            ["Traffic", .product(name: "NIOEmbedded", package: "swift-nio")] + nio
        ),
        tests(
            "ProxyServer",
            [
                "ProxyCore", "RuleEngine", "TLSTransport", "Cryptography", "IMAPSession", "IMAPProtocol", "IMAPWire",
                "Traffic",
            ] + nio
        ),
        tests(
            "Commands",
            [
                "CaptureFiles", "ProxyServer", "TLSTransport", "Reporting", "Cryptography", "TestServer", "RuleEngine",
                "FilterLanguage", "IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "InventoryTests",
            dependencies: ["IMAPSession", "IMAPProtocol", "IMAPWire", "SASL", "Traffic"],
            swiftSettings: strict
        ),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzers, only when asked for: libFuzzer wants every target instrumented. See `make fuzz`.
if Context.environment["IMAPSCOPE_FUZZ"] != nil {
    let instrumented: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])]
    for target in package.targets where target.type == .regular {
        target.swiftSettings = (target.swiftSettings ?? []) + instrumented
    }
    package.targets += [
        .target(name: "FuzzDriver", path: "Tests/Fuzz/Driver"),
        .target(
            name: "FuzzEntries",
            dependencies: [
                "CaptureDecoding", "TLSDecryption", "PacketDecoding", "RuleEngine", "FilterLanguage", "Masking",
                "IMAPSession",
                "IMAPProtocol", "IMAPWire", "SASL", "Traffic",
            ],
            path: "Tests/Fuzz/Entries",
            swiftSettings: strict + instrumented
        ),
    ]
    for name in ["Framer", "Parser", "Session", "Capture", "Dissector", "Reassembly", "Filter", "Rules", "Decryption"] {
        package.targets.append(
            .executableTarget(
                name: "Fuzz" + name,
                dependencies: ["FuzzEntries", "FuzzDriver"],
                path: "Tests/Fuzz/" + name,
                swiftSettings: strict,
                // gold trips over the debug lines of libFuzzer.
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
            )
        )
    }
}
