namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>What a number of rows costs: microseconds of a row, for all of Fit and for the epoch in it, and megabytes at the peak above those of a process that has only loaded libtorch.</summary>
internal sealed record ScaleRow(long Rows, double FitMicroseconds, double EpochMicroseconds, double ScoreMicroseconds, double FitMegabytes, double ScoreMegabytes);
