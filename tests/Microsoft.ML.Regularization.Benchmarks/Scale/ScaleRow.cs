namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>What a number of rows costs: microseconds of a row, and megabytes at the peak above those of a process that has only loaded libtorch.</summary>
internal sealed record ScaleRow(long Rows, double FitMicroseconds, double ScoreMicroseconds, double FitMegabytes, double ScoreMegabytes);
