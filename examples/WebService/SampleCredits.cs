namespace WebService;

/// <summary>Credits to ask about.</summary>
internal static class SampleCredits
{
    public static Credit Risky { get; } = new()
    {
        Seniority = 1, Home = "rent", Time = 60, Age = 30, Marital = "single", Records = "no", Job = "freelance", Expenses = 73, Assets = 0, Debt = 0, Amount = 800, Price = 846,
    };

    /// <summary>Different ones, the same for the same number.</summary>
    public static Credit Of(int number)
    {
        var random = new Random(number);
        return Risky with
        {
            Seniority = random.Next(30),
            Age = random.Next(20, 70),
            Income = random.Next(5) == 0 ? float.NaN : random.Next(50, 400),
            Amount = random.Next(100, 2000),
            Records = random.Next(4) == 0 ? "yes" : "no",
            Home = random.Next(2) == 0 ? "owner" : "rent",
        };
    }
}
