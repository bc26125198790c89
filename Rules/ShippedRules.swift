/// The rule files that are part of the program.
public enum ShippedRules {
    /// The names, as `--rules` takes them, and the files themselves.
    public static let files: [(name: String, octets: [UInt8])] = [
        ("attack-alert-spoofing", PackageResources.attack_alert_spoofing_yaml),
        ("attack-bye-after-starttls", PackageResources.attack_bye_after_starttls_yaml),
        ("attack-capability-downgrade", PackageResources.attack_capability_downgrade_yaml),
        ("attack-greeting-junk", PackageResources.attack_greeting_junk_yaml),
        ("attack-preauth", PackageResources.attack_preauth_yaml),
        ("attack-referral-greeting", PackageResources.attack_referral_greeting_yaml),
        ("attack-referral-login", PackageResources.attack_referral_login_yaml),
        ("attack-referral-mailbox", PackageResources.attack_referral_mailbox_yaml),
        ("attack-refuse-starttls", PackageResources.attack_refuse_starttls_yaml),
        ("attack-response-injection", PackageResources.attack_response_injection_yaml),
        ("attack-starttls-bad", PackageResources.attack_starttls_bad_yaml),
        ("attack-starttls-garbage", PackageResources.attack_starttls_garbage_yaml),
        ("attack-strip-starttls", PackageResources.attack_strip_starttls_yaml),
        ("attack-tagged-greeting", PackageResources.attack_tagged_greeting_yaml),
        ("attack-untagged-after-greeting", PackageResources.attack_untagged_after_greeting_yaml),
        ("attack-untagged-before-tls", PackageResources.attack_untagged_before_tls_yaml),
        ("flaky-server", PackageResources.flaky_server_yaml),
        ("hide-channel-binding", PackageResources.hide_channel_binding_yaml),
        ("hide-compress", PackageResources.hide_compress_yaml),
        ("legacy-server", PackageResources.legacy_server_yaml),
        ("oauth-bridge", PackageResources.oauth_bridge_yaml),
        ("readonly", PackageResources.readonly_yaml),
        ("redact-extra", PackageResources.redact_extra_yaml),
        ("share-safe", PackageResources.share_safe_yaml),
        ("slow-network", PackageResources.slow_network_yaml),
    ]
}
