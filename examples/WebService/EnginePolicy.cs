using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;

namespace WebService;

/// <summary>Makes prediction engines for a pool: an engine serves one request at a time, and making one takes longer than a prediction.</summary>
internal sealed class EnginePolicy(MLContext ml, ITransformer model) : PooledObjectPolicy<PredictionEngine<Credit, Assessment>>
{
    public override PredictionEngine<Credit, Assessment> Create() =>
        ml.Model.CreatePredictionEngine<Credit, Assessment>(model, new PredictionEngineOptions { OwnsTransformer = false });

    public override bool Return(PredictionEngine<Credit, Assessment> obj) => true;
}
