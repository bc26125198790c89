extension Specification {
    /// Apple, Apple push.
    static let apple = Specification(
        "Apple",
        "Apple push and login",
        vendor: "Apple",
        [
            RegistryRow(
                .command,
                "XAPPLEPUSHSERVICE",
                "registers an Apple device for push notification",
                shape:
                    "XAPPLEPUSHSERVICE aps-version n aps-account-id s aps-device-token s aps-subtopic s mailboxes (mailbox ...)",
                states: .loggedIn,
                remark: "the device token is a secret",
                related: ["NOTIFY"]
            ),
            RegistryRow(
                .response,
                "XAPPLEPUSHSERVICE",
                "push notification is registered",
                shape: #""*" SP XAPPLEPUSHSERVICE 1*(SP string SP string)"#,
                related: ["NOTIFY"]
            ),
            RegistryRow(
                .capability,
                "XAPPLEPUSHSERVICE",
                "Apple devices can register for push",
                shape: "XAPPLEPUSHSERVICE",
                related: ["NOTIFY", "IDLE"],
                brings: ["XAPPLEPUSHSERVICE"]
            ),
            RegistryRow(
                .mechanism,
                "ATOKEN",
                "a token of iCloud",
                shape: "proprietary",
                related: ["PTOKEN", "AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "PTOKEN",
                "a token of iCloud",
                shape: "proprietary",
                related: ["ATOKEN", "AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "WETOKEN",
                "a token of iCloud",
                shape: "proprietary",
                related: ["WSTOKEN", "AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "WSTOKEN",
                "a token of iCloud",
                shape: "proprietary",
                related: ["WETOKEN", "AUTHENTICATE"]
            ),
        ]
    )
}
