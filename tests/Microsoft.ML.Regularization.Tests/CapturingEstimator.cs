namespace Microsoft.ML.Regularization.Tests;

/// <summary>Stands where a trainer would and keeps the rows that it is fitted on.</summary>
public sealed class CapturingEstimator(MLContext ml) : IEstimator<ITransformer>
{
    public IDataView? FittedOn { get; private set; }

    public ITransformer Fit(IDataView input)
    {
        FittedOn = input;
        return ml.Transforms.CopyColumns("Copy", nameof(Example.Id)).Fit(input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}
