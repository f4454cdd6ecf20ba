using System.Text.Json.Serialization;
using Microsoft.ML.Data;

namespace WebService;

/// <summary>A row of credit-data.csv: what was known when a credit was given, and whether it was repaid. A number that is not known is NaN, and must be said to be.</summary>
public sealed record Credit
{
    /// <summary>"good" or "bad"; empty where it is asked for.</summary>
    [LoadColumn(0)]
    public string Status { get; set; } = "";

    [LoadColumn(1)]
    [JsonRequired]
    public float Seniority { get; set; } = float.NaN;

    [LoadColumn(2)]
    [JsonRequired]
    public string Home { get; set; } = "";

    [LoadColumn(3)]
    [JsonRequired]
    public float Time { get; set; } = float.NaN;

    [LoadColumn(4)]
    [JsonRequired]
    public float Age { get; set; } = float.NaN;

    [LoadColumn(5)]
    [JsonRequired]
    public string Marital { get; set; } = "";

    [LoadColumn(6)]
    [JsonRequired]
    public string Records { get; set; } = "";

    [LoadColumn(7)]
    [JsonRequired]
    public string Job { get; set; } = "";

    [LoadColumn(8)]
    [JsonRequired]
    public float Expenses { get; set; } = float.NaN;

    [LoadColumn(9)]
    [JsonRequired]
    public float Income { get; set; } = float.NaN;

    [LoadColumn(10)]
    [JsonRequired]
    public float Assets { get; set; } = float.NaN;

    [LoadColumn(11)]
    [JsonRequired]
    public float Debt { get; set; } = float.NaN;

    [LoadColumn(12)]
    [JsonRequired]
    public float Amount { get; set; } = float.NaN;

    [LoadColumn(13)]
    [JsonRequired]
    public float Price { get; set; } = float.NaN;
}
