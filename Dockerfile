# The reference server: docker build -t usage-reports .
# It runs as a user without rights and writes nothing but /data, so that its root can be read-only (ops/compose).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish samples/ReferenceServer --configuration Release --output /app && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
ENV ASPNETCORE_URLS=http://+:8080 \
    UsageReporting__Server__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /data
EXPOSE 8080
# There is no shell in here that could ask.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["dotnet", "ReferenceServer.dll", "ready"]
ENTRYPOINT ["dotnet", "ReferenceServer.dll"]
