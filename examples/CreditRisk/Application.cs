using Microsoft.ML.Data;

namespace CreditRisk;

/// <summary>An application for credit as the file has it; an empty cell is an empty text or not a number.</summary>
internal sealed class Application
{
    public static IReadOnlyList<string> Categories { get; } = [nameof(Home), nameof(Marital), nameof(Records), nameof(Job)];

    public static IReadOnlyList<string> Numbers { get; } =
        [nameof(Seniority), nameof(Time), nameof(Age), nameof(Expenses), nameof(Income), nameof(Assets), nameof(Debt), nameof(Amount), nameof(Price)];

    [LoadColumn(0)]
    public string Status { get; set; } = "";

    [LoadColumn(1)]
    public float Seniority { get; set; }

    [LoadColumn(2)]
    public string Home { get; set; } = "";

    [LoadColumn(3)]
    public float Time { get; set; }

    [LoadColumn(4)]
    public float Age { get; set; }

    [LoadColumn(5)]
    public string Marital { get; set; } = "";

    [LoadColumn(6)]
    public string Records { get; set; } = "";

    [LoadColumn(7)]
    public string Job { get; set; } = "";

    [LoadColumn(8)]
    public float Expenses { get; set; }

    [LoadColumn(9)]
    public float Income { get; set; }

    [LoadColumn(10)]
    public float Assets { get; set; }

    [LoadColumn(11)]
    public float Debt { get; set; }

    [LoadColumn(12)]
    public float Amount { get; set; }

    [LoadColumn(13)]
    public float Price { get; set; }

    /// <summary>Whether something is missing.</summary>
    public bool HasGaps() => float.IsNaN(Expenses + Income + Assets + Debt + Amount + Price + Seniority + Time + Age)
        || Home.Length == 0 || Marital.Length == 0 || Records.Length == 0 || Job.Length == 0;
}
