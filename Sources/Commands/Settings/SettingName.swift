/// Every option that can stand in the configuration file too, by its long name.
enum SettingName: String, CaseIterable, Sendable {
    case listen
    case upstream
    case starttls
    case keylog
    case tlsKey = "tls-key"
    case passwords
    case policy
    case audit
    case baselines
    case failOn = "fail-on"
    case cert
    case key
    case allowBadCert = "allow-bad-cert"
    case clientCA = "client-ca"
    case upstreamCA = "upstream-ca"
    case insecure
    case tlsMin = "tls-min"
    case tlsCiphers = "tls-ciphers"
    case upstreamCert = "upstream-cert"
    case upstreamKey = "upstream-key"
    case handshakeTimeout = "handshake-timeout"
    case keylogOut = "keylog-out"
    case from
    case format
    case detail
    case color
    case jsonl
    case html
    case pcap
    case write
    case storeSize = "store-size"
    case storeAge = "store-age"
    case exportMail = "export-mail"
    case fields
    case filter
    case rules
    case breakFilter = "break"
    case breakTimeout = "break-timeout"
    case holdLimit = "hold-limit"
    case onLimit = "on-limit"
    case fail
    case revealSecrets = "reveal-secrets"
    case onSlowOutput = "on-slow-output"
    case maxConnections = "max-connections"
    case connectTimeout = "connect-timeout"
    case loginTimeout = "login-timeout"
    case threads
    case quiet
    case verbose
    case interface
    case buffer
    case port
    case extract
    case maxFlows = "max-flows"
    case flowTimeout = "flow-timeout"

    /// Whether it may be given more than once.
    var repeats: Bool { self == .listen || self == .rules || self == .keylog || self == .tlsKey }
}

/// The subcommands that have settings, with those that they understand.
enum SettingScope: String, CaseIterable, Sendable {
    case proxy
    case parse
    case decode
    case sniff
    case explain
    case demo
    case audit
    case convert

    var settings: [SettingName] {
        switch self {
        case .proxy:
            [
                .listen, .upstream, .starttls, .cert, .key, .allowBadCert, .clientCA, .upstreamCA, .insecure, .tlsMin,
                .tlsCiphers, .upstreamCert, .upstreamKey, .handshakeTimeout, .keylogOut, .passwords, .audit, .baselines,
                .format, .detail,
                .color, .jsonl, .html, .pcap, .write, .storeSize, .storeAge, .fields,
                .filter, .rules, .breakFilter, .breakTimeout, .holdLimit, .onLimit, .fail, .revealSecrets,
                .onSlowOutput, .maxConnections, .connectTimeout, .loginTimeout, .threads, .quiet, .verbose,
            ]
        case .parse:
            [.from, .format, .detail, .color, .filter, .rules, .revealSecrets]
        case .decode:
            [
                .port, .extract, .exportMail, .keylog, .tlsKey, .passwords, .audit, .baselines, .format, .detail,
                .color, .jsonl, .html,
                .pcap, .write, .storeSize, .storeAge, .fields,
                .filter,
                .rules, .revealSecrets, .maxFlows, .flowTimeout, .quiet,
            ]
        case .sniff:
            [
                .interface, .buffer, .port, .extract, .exportMail, .keylog, .tlsKey, .passwords, .audit, .baselines,
                .format, .detail,
                .color,
                .jsonl, .html, .pcap, .write, .storeSize, .storeAge, .fields,
                .filter, .rules, .revealSecrets, .maxFlows, .flowTimeout, .quiet,
            ]
        case .audit:
            [
                .port, .policy, .baselines, .failOn, .keylog, .tlsKey, .passwords, .format, .color, .rules,
                .revealSecrets, .quiet,
            ]
        case .convert:
            [.port, .keylog, .tlsKey, .rules, .revealSecrets, .quiet]
        case .explain:
            [.from, .format, .color, .revealSecrets]
        case .demo:
            [.format, .detail, .color, .filter, .rules, .revealSecrets]
        }
    }
}
