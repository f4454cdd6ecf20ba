using Microsoft.ML.Regularization;

namespace TextClassification;

/// <summary>A line that tells how training goes on, and is written over once it is done; where output goes to a file, only the last one.</summary>
internal sealed class EpochLine(string name) : IProgress<EpochReport>
{
    public void Report(EpochReport value)
    {
        if (!Console.IsOutputRedirected)
            Console.Write($"\r{name}  epoch {value.Epoch,2}  loss {value.TrainingLoss:0.000}");
    }

    public void Complete(string outcome) => Console.WriteLine((Console.IsOutputRedirected ? "" : "\r") + $"{name}  {outcome}");
}
