using Microsoft.ML.Data;

namespace WebService;

/// <summary>A row of credit-data.csv: what was known when a credit was given, and whether it was repaid. A number that is not known is NaN.</summary>
public sealed record Credit
{
    /// <summary>"good" or "bad"; empty where it is asked for.</summary>
    [LoadColumn(0)]
    public string Status { get; set; } = "";

    [LoadColumn(1)]
    public float Seniority { get; set; } = float.NaN;

    [LoadColumn(2)]
    public string Home { get; set; } = "";

    [LoadColumn(3)]
    public float Time { get; set; } = float.NaN;

    [LoadColumn(4)]
    public float Age { get; set; } = float.NaN;

    [LoadColumn(5)]
    public string Marital { get; set; } = "";

    [LoadColumn(6)]
    public string Records { get; set; } = "";

    [LoadColumn(7)]
    public string Job { get; set; } = "";

    [LoadColumn(8)]
    public float Expenses { get; set; } = float.NaN;

    [LoadColumn(9)]
    public float Income { get; set; } = float.NaN;

    [LoadColumn(10)]
    public float Assets { get; set; } = float.NaN;

    [LoadColumn(11)]
    public float Debt { get; set; } = float.NaN;

    [LoadColumn(12)]
    public float Amount { get; set; } = float.NaN;

    [LoadColumn(13)]
    public float Price { get; set; } = float.NaN;
}
