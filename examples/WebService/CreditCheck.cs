namespace WebService;

/// <summary>Which credits the service takes: whatever comes from outside is bounded before a model sees it.</summary>
internal static class CreditCheck
{
    private static readonly (string Name, Func<Credit, float> Value, float Least, float Greatest)[] Numbers =
    [
        (nameof(Credit.Seniority), credit => credit.Seniority, 0, 80),
        (nameof(Credit.Time), credit => credit.Time, 1, 600),
        (nameof(Credit.Age), credit => credit.Age, 16, 120),
        (nameof(Credit.Expenses), credit => credit.Expenses, 0, 1e6f),
        (nameof(Credit.Income), credit => credit.Income, 0, 1e7f),
        (nameof(Credit.Assets), credit => credit.Assets, 0, 1e8f),
        (nameof(Credit.Debt), credit => credit.Debt, 0, 1e8f),
        (nameof(Credit.Amount), credit => credit.Amount, 1, 1e7f),
        (nameof(Credit.Price), credit => credit.Price, 0, 1e8f),
    ];

    private static readonly (string Name, Func<Credit, string> Value, string[] Legal)[] Texts =
    [
        (nameof(Credit.Home), credit => credit.Home, ["", "ignore", "other", "owner", "parents", "priv", "rent"]),
        (nameof(Credit.Marital), credit => credit.Marital, ["", "divorced", "married", "separated", "single", "widow"]),
        (nameof(Credit.Records), credit => credit.Records, ["no", "yes"]),
        (nameof(Credit.Job), credit => credit.Job, ["", "fixed", "freelance", "others", "partime"]),
    ];

    /// <summary>What is wrong with a credit, by field; empty where nothing is.</summary>
    /// <param name="credit">The credit.</param>
    /// <param name="isFeedback">Whether it must tell how the credit went.</param>
    public static Dictionary<string, string[]> ErrorsOf(Credit credit, bool isFeedback)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, value, least, greatest) in Numbers)
        {
            if (!float.IsNaN(value(credit)) && !(value(credit) >= least && value(credit) <= greatest))
                errors[name] = [$"{name} is {value(credit)}, but must be from {least} to {greatest}, or \"NaN\" where it is not known."];
        }

        foreach (var (name, value, legal) in Texts)
        {
            if (!legal.Contains(value(credit)))
                errors[name] = [$"{name} must be one of {string.Join(", ", legal.Select(text => $"\"{text}\""))}."];
        }

        if (isFeedback && credit.Status is not ("good" or "bad"))
            errors[nameof(Credit.Status)] = ["Status must be \"good\" or \"bad\"."];
        return errors;
    }
}
