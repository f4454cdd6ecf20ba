namespace Microsoft.ML.Regularization.Advice;

/// <summary>A step of a pipeline, as C# and as itself: whoever writes one sees the other beside it.</summary>
/// <param name="Code">An expression that makes it, with the context named <c>ml</c>.</param>
/// <param name="Make">Makes it.</param>
internal sealed record PipelineStep(string Code, Func<MLContext, IEstimator<ITransformer>> Make);
