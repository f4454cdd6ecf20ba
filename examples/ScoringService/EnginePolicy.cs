using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;

namespace ScoringService;

// begin enginePolicy
/// <summary>Makes prediction engines for a pool: an engine serves one request at a time, and making one takes longer than a prediction.</summary>
public sealed class EnginePolicy<TInput, TOutput>(MLContext ml, ITransformer model) : PooledObjectPolicy<PredictionEngine<TInput, TOutput>>
    where TInput : class
    where TOutput : class, new()
{
    public override PredictionEngine<TInput, TOutput> Create() =>
        ml.Model.CreatePredictionEngine<TInput, TOutput>(model, new PredictionEngineOptions { OwnsTransformer = false });

    public override bool Return(PredictionEngine<TInput, TOutput> obj) => true;
}
// end enginePolicy
