using Microsoft.ML;

namespace ModelPerGroup;

/// <summary>A table whose column <c>Group</c> tells groups apart, and how it is learned and judged.</summary>
internal interface IGroupTable
{
    const string GroupBy = "Group";

    string Name { get; }

    /// <summary>What an error is.</summary>
    string Measure { get; }

    IEstimator<ITransformer> Pipeline(MLContext ml);

    /// <summary>Rows to train on, and others.</summary>
    (IDataView Train, IDataView Test) Load(MLContext ml, int seed);

    /// <summary>Labels and predictions of rows that were scored.</summary>
    IReadOnlyList<Predicted> Read(IDataView scored);

    /// <summary>The error of predictions; less is better.</summary>
    double ErrorOf(IReadOnlyCollection<Predicted> rows);
}

/// <summary>A row's label and what a model predicts of it, a number or the probability of true.</summary>
internal readonly record struct Predicted(double Label, double Prediction);
